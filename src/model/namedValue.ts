/** A value by the name that people know, with what makes it useless. */
export interface NamedValue {
  name: string;
  warnings: string[];
}

/** A further option, by the name and the value that people know; empty where it is not set. */
export interface NamedOption {
  label: string;
  value: string;
  warning: string;
  /** It is shown only. */
  isFixed?: true;
}
