import * as vscode from 'vscode';

// Making a format takes a millisecond or two, the first one ten: each is made when it is first used, never at activation.

/** Writes times (milliseconds since 1970) in the language of VS Code. */
export function dateFormat(options: Intl.DateTimeFormatOptions): (time: number) => string {
  let format: Intl.DateTimeFormat | undefined;
  return (time) => (format ??= new Intl.DateTimeFormat(vscode.env.language, options)).format(time);
}

/** Writes numbers in the language of VS Code. */
export function numberFormat(options: Intl.NumberFormatOptions): (value: number) => string {
  let format: Intl.NumberFormat | undefined;
  return (value) => (format ??= new Intl.NumberFormat(vscode.env.language, options)).format(value);
}
