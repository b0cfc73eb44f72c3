// The entry of a bundle of its own: the only one with a YAML parser in it, loaded when the first SKILL.md is read.
export { skillFields } from './skillFields';
export { parseSkillFile } from './skillFile';
export { judgeSkill } from './skillRules';
