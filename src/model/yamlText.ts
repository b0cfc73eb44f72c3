/** Words that YAML reads as something other than a text. */
const otherThanText = /^(?:true|false|null|yes|no|on|off|y|n|~|[-+.]?\d.*|\.inf|\.nan)$/i;
/** What no text needs quotes for: it begins with a letter, and no colon or number sign in it means anything. */
const plainText = /^\p{L}(?:[^\p{Cc}\p{Surrogate}#:\u2028\u2029\uFEFF]|:(?=[^\s:]))*$/u;

/** A text as YAML has it on one line: as it is where that is safe, else in quotes. */
export function yamlText(text: string): string {
  return plainText.test(text) && text.trim() === text && !otherThanText.test(text) ? text : quoted(text);
}

/** In single quotes unless the text holds what only double quotes can. JSON's strings are YAML's. */
export function quoted(text: string): string {
  const isSimple = !/[\p{Cc}\p{Surrogate}\u2028\u2029\uFEFF]/u.test(text);
  return isSimple && text.includes('"') ? `'${text.replaceAll("'", "''")}'` : JSON.stringify(text);
}
