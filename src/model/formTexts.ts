import { tidyCron } from './cronCheck';
import type { ScheduleForm } from './scheduleForm';

/** What a person writes. */
const texts = ['name', 'cron', 'prompt', 'skill'] as const;

/** The form as it is sent: without the spaces around what a person wrote. */
export function settled(form: ScheduleForm): ScheduleForm {
  const { name, cron, prompt, skill } = form;
  return {
    ...form,
    ...{ name: name.trim(), cron: tidyCron(cron), prompt: prompt.trim() },
    ...(skill !== undefined && { skill: skill.trim() }),
  };
}

/** The form with the texts of another one where they are the same but for spaces that are not sent. */
export function likened(form: ScheduleForm, other: ScheduleForm): ScheduleForm {
  const [mine, theirs] = [settled(form), settled(other)];
  const same = texts.filter((text) => form[text] !== other[text] && mine[text] === theirs[text]);
  return { ...form, ...Object.fromEntries(same.map((text) => [text, other[text]])) };
}

/** Whether what a person wrote is the same in both, as far as it is sent. */
export function isAlike(one: ScheduleForm, other: ScheduleForm): boolean {
  const [a, b] = [settled(one), settled(other)];
  return texts.every((text) => (a[text] ?? '') === (b[text] ?? ''));
}
