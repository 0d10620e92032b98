//! The lines of texts, and which of them two texts have in common.

/// Beyond so many pairs of lines no common lines are looked for.
const MOST_PAIRS: usize = 4_000_000;

/// The lines of a text, each with its end.
pub(crate) fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// For each line of a text the same line of another, in order, for as many as possible. None where there are too many.
pub(crate) fn common_lines(one: &[&str], other: &[&str]) -> Option<Vec<Option<usize>>> {
    let begin = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    let most = one.len().min(other.len()) - begin;
    let end = one.iter().rev().zip(other.iter().rev()).take(most).take_while(|(one, other)| one == other).count();
    let (middle, there) = (&one[begin..one.len() - end], &other[begin..other.len() - end]);
    if middle.len().saturating_mul(there.len()) > MOST_PAIRS {
        return None;
    }
    // How many lines are common from each pair on.
    let width = there.len() + 1;
    let mut length = vec![0_u32; (middle.len() + 1) * width];
    for (i, line) in middle.iter().enumerate().rev() {
        for (j, beside) in there.iter().enumerate().rev() {
            length[i * width + j] = if line == beside {
                length[(i + 1) * width + j + 1] + 1
            } else {
                length[(i + 1) * width + j].max(length[i * width + j + 1])
            };
        }
    }
    let mut found: Vec<_> = (0..begin).map(Some).collect();
    let (mut i, mut j) = (0, 0);
    while i < middle.len() {
        if j < there.len() && middle[i] == there[j] {
            found.push(Some(begin + j));
            (i, j) = (i + 1, j + 1);
        } else if j < there.len() && length[i * width + j + 1] > length[(i + 1) * width + j] {
            j += 1;
        } else {
            found.push(None);
            i += 1;
        }
    }
    found.extend((other.len() - end..other.len()).map(Some));
    Some(found)
}
