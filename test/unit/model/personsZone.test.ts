import assert from 'node:assert/strict';
import { PersonsZone } from '../../../src/model/personsZone';
import { FakeMemento } from './fakeMemento';

const noon = Date.UTC(2026, 10, 22, 12);

function zoneOf(memento: FakeMemento, host: string, isElsewhere = false): PersonsZone {
  return new PersonsZone({ memento, host, isElsewhere, language: 'en' });
}

describe('the time zone of the person', () => {
  it('is the one of the extension until a page says another, which lasts', () => {
    const memento = new FakeMemento();
    const zone = zoneOf(memento, 'America/New_York', true);
    let changes = 0;
    zone.onDidChange(() => {
      changes += 1;
    });
    const { formats } = zone;
    assert.deepEqual([formats.zone, zone.isGuess], ['America/New_York', true]);
    zone.note('Asia/Kolkata');
    zone.note('Asia/Kolkata');
    assert.deepEqual([zone.formats.zone, zone.isGuess, changes], ['Asia/Kolkata', false, 1]);
    assert.notEqual(zone.formats.local(noon, noon), formats.local(noon, noon));
    assert.equal(zone.formats, zone.formats);
    assert.equal(zoneOf(memento, 'UTC', true).formats.zone, 'Asia/Kolkata');
  });

  it('is no guess any more once a page says the same', () => {
    const zone = zoneOf(new FakeMemento(), 'UTC', true);
    let changes = 0;
    zone.onDidChange(() => {
      changes += 1;
    });
    zone.note('UTC');
    assert.deepEqual([zone.isGuess, changes], [false, 1]);
  });

  it('is the one of this machine again after a journey', () => {
    const memento = new FakeMemento();
    const atHome = zoneOf(memento, 'Europe/Berlin');
    assert.equal(atHome.isGuess, false);
    atHome.note('Europe/Berlin');
    assert.equal(zoneOf(memento, 'Asia/Tokyo').formats.zone, 'Asia/Tokyo');
  });

  it('is remembered as nothing else than a name', () => {
    const memento = new FakeMemento();
    for (const kept of [7, 'Asia/Tokyo', { zone: 7, host: 'UTC' }, { zone: 'No/Where', host: 'UTC' }, null]) {
      void memento.update('agentRuns.zone', kept);
      assert.equal(zoneOf(memento, 'UTC').formats.zone, 'UTC');
    }
  });
});
