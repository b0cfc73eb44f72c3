/** The beginning of a text, with how many characters were left out; never half of a character. */
export function cutText(text: string, most: number): { head: string; left: number } {
  if (text.length <= most) {
    return { head: text, left: 0 };
  }
  const end = /[\uD800-\uDBFF]/.test(text.charAt(most - 1)) ? most - 1 : most;
  return { head: text.slice(0, end), left: text.length - end };
}
