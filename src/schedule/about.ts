/** What a page is about: the panel is made again from it. */
export type PageAbout = FormAbout | { week: true };

/** A schedule, or a new one by where it comes from. */
export type FormAbout = { scheduleId: string } | { from: string };

export function aboutOf(target: FormAbout): FormAbout {
  return 'from' in target ? { from: target.from } : { scheduleId: target.scheduleId };
}

/** Names it: there is one panel of it, and one draft. */
export function aboutKey(about: PageAbout): string {
  return 'week' in about ? 'week' : 'from' in about ? `new:${about.from}` : `id:${about.scheduleId}`;
}
