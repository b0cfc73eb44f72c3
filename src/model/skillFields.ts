/** A field of a skill's front matter, by the published rules of Agent Skills (agentskills.io). */
export interface SkillField {
  readonly name: string;
  readonly kind: 'text' | 'textOrTexts' | 'mappingOfTexts';
  readonly isRequired: boolean;
  /** Most characters (code points) of a text. */
  readonly maxLength?: number;
}

export const skillFields: readonly SkillField[] = [
  { name: 'name', kind: 'text', isRequired: true, maxLength: 64 },
  { name: 'description', kind: 'text', isRequired: true, maxLength: 1024 },
  { name: 'license', kind: 'text', isRequired: false },
  { name: 'compatibility', kind: 'text', isRequired: false, maxLength: 500 },
  { name: 'metadata', kind: 'mappingOfTexts', isRequired: false },
  { name: 'allowed-tools', kind: 'textOrTexts', isRequired: false },
];
