import type { FormView, PageStart, ToPage, WeekView } from '../../src/schedule/protocol';
import { byId } from '../elements/elements';
import { say } from '../elements/say';
import { Form } from './form';
import { keepAbout, send } from './host';
import { keepLastFocus } from './lastFocus';
import { LastPlace } from './lastPlace';
import { Week } from './week';

const start = JSON.parse(byId('start').textContent) as PageStart;
const form = start.kind === 'form' ? new Form(byId('page'), start) : undefined;
const week = start.kind === 'week' ? new Week(byId('page'), start) : undefined;

addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  take(data);
});
keepLastFocus();
keepAbout(start.about);
const place = new LastPlace();
goBack(start.view);
send({ type: 'ready', zone: new Intl.DateTimeFormat().resolvedOptions().timeZone });

function take(message: ToPage): void {
  switch (message.type) {
    case 'form':
      form?.show(message.view);
      goBack(message.view);
      return;
    case 'texts':
      form?.takeTexts(message.texts, message.turn);
      return;
    case 'focus':
      form?.focus(message.part);
      return;
    case 'week':
      week?.show(message.view);
      goBack(message.view);
      return;
    case 'about':
      keepAbout(message.about);
      return;
    case 'say':
      say(message.text);
      return;
  }
}

/** As soon as what the page shows is there. */
function goBack(view: FormView | WeekView): void {
  if (!('isLoading' in view ? view.isLoading : view.isBusy)) {
    place.goBack(form?.first);
  }
}
