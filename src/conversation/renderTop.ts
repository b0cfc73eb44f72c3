import { isActive } from '../model/runTime';
import type { PartName } from './protocol';
import { renderArtifacts } from './renderArtifacts';
import { banner } from './renderBanner';
import { icon, type RenderContext } from './renderContext';
import { header } from './renderHeader';
import { links } from './renderLinks';
import { note } from './renderNote';
import { outcome } from './renderOutcome';
import type { TopFacts } from './topFacts';
import type { ViewElement } from './viewNodes';

type TopPart = Exclude<PartName, 'pending'>;

/** The parts of the page around the conversation but for the box under it; a part with nothing to say is null. */
export function renderTop(facts: TopFacts, context: RenderContext): Record<TopPart, ViewElement | null> {
  return {
    header: header(facts, context),
    banner: banner(facts, context),
    links: links(facts, context),
    outcome: outcome(facts, context),
    artifacts: renderArtifacts(
      { artifacts: facts.run?.artifacts ?? [], canCompare: facts.canCompare ?? (() => false) },
      context,
    ),
    note: note(facts, context),
    tail: tail(facts, context),
  };
}

/** The end of a conversation that is not over, where nothing else says so. */
function tail({ run, reading, endsWithWork }: TopFacts, { words }: RenderContext): ViewElement | null {
  return run && isActive(run.state) && reading === 'good' && !(endsWithWork && run.state === 'INPROGRESS')
    ? ['div', { class: 'tail' }, icon('working'), words.stateWord(run.state)]
    : null;
}
