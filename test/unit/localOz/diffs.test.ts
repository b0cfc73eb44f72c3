import assert from 'node:assert/strict';
import { parsePatch } from 'diff';
import { recount } from '../../local-oz/diffs';
import { allMessages } from '../../local-oz/script';
import { useLocalOz } from './localOz';

describe('local Oz: diffs', () => {
  const local = useLocalOz();

  it('have the right number of lines, in one file and in several', () => {
    const diff =
      '--- a/x\n+++ b/x\n@@ -5 +5 @@ f()\n a\n-b\n+c\n+d\n\n@@ -20,9 +20,9 @@\n-e\n--- a/y\n+++ b/y\n@@ -1 +1 @@\n+g\n';
    assert.equal(
      recount(diff),
      '--- a/x\n+++ b/x\n@@ -5,3 +5,4 @@ f()\n a\n-b\n+c\n+d\n \n@@ -20,1 +21,0 @@\n-e\n--- a/y\n+++ b/y\n@@ -1,0 +2,1 @@\n+g\n',
    );
  });

  it('can all be parsed but the one that is broken on purpose', () => {
    const { state } = local();
    const diffs = [...state.runs.values()].flatMap(({ item }) => {
      const steps = state.conversations.at(item.conversation_id ?? '', local().clock.now())?.steps ?? [];
      return allMessages(steps).flatMap(({ content }) =>
        content.flatMap((block) =>
          block.type === 'action_result' && typeof block.output.diff === 'string' ? [block.output.diff] : [],
        ),
      );
    });
    const broken = diffs.filter((diff) => {
      try {
        return parsePatch(diff).some(({ hunks }) => hunks.length === 0);
      } catch {
        return true;
      }
    });
    assert.ok(diffs.length > 20);
    assert.deepEqual(broken, ['--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n-this is all\n']);
  });
});
