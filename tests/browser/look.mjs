// Opens every page that is named on the command line in Chromium, and says what is wrong with it: an error, a request,
// anything that axe-core finds, something that runs out of a telephone's width, a table that the keyboard cannot sort or
// filter, a student without a page of their own in print.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [executablePath, ...pages] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"];
const widths = { telephone: 320, laptop: 1280 };

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
for (const file of pages) {
  const page = await browser.newPage();
  const [errors, requests] = [[], []];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("request", (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(resolve(file)).href);

  const found = await page.evaluate(`${axe};axe.run(document, { runOnly: ${JSON.stringify(rules)} })`);
  const violations = found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(", ")}`);
  assert.deepEqual(violations, [], file);
  for (const [name, width] of Object.entries(widths)) {
    await page.setViewportSize({ width, height: 900 });
    const needed = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(needed <= width, `${file} needs ${needed} points on a ${name} of ${width}`);
  }
  await sortsByKeyboard(page, file);
  await filtersByKeyboard(page, file);
  await findsANameByKeyboard(page, file);
  await hasHeadsOnEveryPage(page, file);
  await hasAPageForEachStudent(page, file);
  assert.deepEqual(errors, [], file);
  const elsewhere = requests.filter((request) => !request.startsWith(pathToFileURL(dirname(resolve(file))).href));
  assert.deepEqual(elsewhere, [], file);
  assert.ok(requests.every((request) => request.endsWith(".html")), `${file} asked for ${requests.join(", ")}`);
  console.log(`${basename(file)}: nothing to say`);
  await page.close();
}
await browser.close();

async function sortsByKeyboard(page, file) {
  const table = page.locator("table[data-sortable]").first();
  if ((await table.count()) === 0) return;
  const heads = () => table.locator("tbody > tr:first-child > :nth-child(2)").allInnerTexts();
  const before = await heads();
  const button = table.locator("thead th:nth-child(2) button");
  await button.focus();
  await page.keyboard.press("Enter");
  const rising = await heads();
  await page.keyboard.press("Enter");
  assert.deepEqual([...rising].sort(), [...before].sort(), `${file}: sorting lost a row`);
  assert.deepEqual(await heads(), [...rising].reverse(), `${file}: the second time it is the other way round`);
}

async function filtersByKeyboard(page, file) {
  const table = page.locator("table[data-filterable]:visible").first();
  if ((await table.count()) === 0) return;
  const [first] = await table.locator("tbody > tr:first-child > :nth-child(2)").allInnerTexts();
  await page.locator("label.filter input:visible").first().focus();
  await page.keyboard.type(first);
  const shown = await table.locator("tbody:visible").allInnerTexts();
  assert.ok(shown.length > 0 && shown.every((row) => row.includes(first)), `${file}: ${first}`);
  for (let letter = 0; letter < first.length; letter += 1) await page.keyboard.press("Backspace");
}

async function findsANameByKeyboard(page, file) {
  if ((await page.locator("main[data-find]").count()) === 0) return;
  const names = await page.locator("tbody:visible th a").allInnerTexts();
  const wanted = names.find((name) => names.filter((other) => other.includes(name)).length === 1);
  await page.locator("label.filter input").first().focus();
  await page.keyboard.type(wanted.toLowerCase());
  assert.deepEqual(await page.locator("tbody:visible th a").allInnerTexts(), [wanted], `${file}: ${wanted}`);
  assert.equal(await page.locator("[role=status]").innerText(), "1 page is found.", file);
  const found = page.locator("tbody:visible th a");
  await found.focus();
  await page.keyboard.press("Enter");
  await page.waitForLoadState();
  assert.ok((await page.locator("h1").innerText()).includes(wanted), `${file}: ${wanted} leads elsewhere`);
  await page.goBack();
}

// A table that goes on over a page has its head there again, which Chromium does not do for a head with a button in it.
async function hasHeadsOnEveryPage(page, file) {
  await page.emulateMedia({ media: "print" });
  const shown = (of) => page.evaluate((of) => [...document.querySelectorAll(of)].map((one) => getComputedStyle(one).display), of);
  const [buttons, heads] = [await shown("thead button"), await shown("thead")];
  assert.ok(buttons.every((display) => display === "contents"), `${file}: ${buttons}`);
  assert.ok(heads.every((display) => display === "table-header-group"), `${file}: ${heads}`);
  await page.emulateMedia({ media: null });
}

async function hasAPageForEachStudent(page, file) {
  const students = await page.locator("section.page").count();
  const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString("latin1");
  const printed = (pdf.match(/\/Type\s*\/Page\b/g) ?? []).length;
  assert.ok(printed > students, `${file}: ${printed} pages for ${students} students`);
}
