/** Characters that reorder or hide what a person reads, and control characters but tab and line break. */
const deceptive = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]/g;

/** Text for the page: what would act unseen on the text around it is written as its number. */
export function visibleText(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll('\r', '\n')
    .replace(
      deceptive,
      (character) => `\u2039U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}\u203a`,
    );
}
