import { skillFields } from './skillFields';

const longest = skillFields.find(({ name }) => name === 'name')?.maxLength ?? 0;

/** By the published rule: lower-case letters and digits, single hyphens between them, not too many. */
export function isValidSkillName(name: string): boolean {
  const normal = name.normalize('NFKC');
  const isGood = normal === normal.toLowerCase() && /^[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*$/u.test(normal);
  return isGood && Array.from(normal).length <= longest;
}

/** The valid name that is most like this one; empty when nothing of it can stay. */
export function validSkillName(name: string): string {
  const words = name
    .slice(0, longest * 4)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-/, '');
  return Array.from(words).slice(0, longest).join('').replace(/-$/, '');
}
