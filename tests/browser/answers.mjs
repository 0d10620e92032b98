// Fills in a form that "gwp form" wrote as a page, and saves the answers as the text that "gwp receive --from" reads. Without
// a script the same page can still be filled in.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [executablePath, file, saved] = process.argv.slice(2);
const address = pathToFileURL(resolve(file)).href;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

const plain = await browser.newPage({ javaScriptEnabled: false });
await plain.goto(address);
await plain.getByLabel("Name", { exact: true }).fill("Leonie Hardcastle");
await plain.getByRole("group", { name: "Conflict" }).getByLabel("developing").check();
assert.equal(await plain.getByRole("button").count(), 0, "what a script does is not offered without one");
assert.ok(await plain.getByText("please print the page").isVisible(), "without a script it is said what to do");
await plain.close();

const page = await browser.newPage({ acceptDownloads: true });
const [errors, requests] = [[], []];
page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
page.on("pageerror", (error) => errors.push(String(error)));
page.on("request", (request) => requests.push(request.url()));
await page.goto(address);
const choices = await page.locator("fieldset.choice").all();
for (const choice of choices.slice(0, 9)) await choice.getByLabel("competent", { exact: true }).check();
// By the keyboard alone: down one from competent is developing.
await page.getByRole("group", { name: "Conflict" }).getByLabel("competent", { exact: true }).focus();
await page.keyboard.press("ArrowRight");
await page.getByRole("group", { name: "Difference" }).getByLabel("no answer").check();
await page.getByLabel("Concerns for the committee").fill("Late twice: on 5 and 12 January.\n\nOtherwise $& fine.");
await page.getByLabel("Name", { exact: true }).fill("  Leonie   Hardcastle ");
await page.getByLabel("Date", { exact: true }).fill("10 February 2026");
const downloading = page.waitForEvent("download");
await page.getByRole("button", { name: "Save the answers as a text file" }).focus();
await page.keyboard.press("Enter");
const download = await downloading;
assert.equal(download.suggestedFilename(), "gwp2-marcus-idowu-2026-01-30-leonie-hardcastle.txt");
await download.saveAs(saved);
const copied = await page.getByLabel("Or copy this text into an e-mail").inputValue();
assert.equal(copied, readFileSync(saved, "utf8"), "what is copied is what is saved");
assert.ok(!(await page.getByText("please print the page").isVisible()));
// What the page says of a saved page is so: the answers are not in it.
assert.ok(!(await page.content()).includes("Late twice"));
assert.match(await page.getByRole("status").innerText(), /^Saved as gwp2-marcus-idowu/);
assert.deepEqual(errors, []);
assert.ok(requests.every((request) => request === address || request.startsWith("blob:")), requests.join(", "));
await browser.close();
