import assert from 'node:assert/strict';
import { titleOf } from '../../../src/model/launchRequest';

describe('the title of a launch that is like another one', () => {
  const like = { prompt: 'Count the open carts', title: 'Count the open carts' };

  it('goes with the words it was made of', () => {
    assert.equal(titleOf({ text: 'Count the open carts ', title: like.title }, like), like.title);
    assert.equal(titleOf({ text: 'Count the closed carts', title: like.title }, like), '');
  });

  it('stays where a person wrote it, or where it is that of a skill', () => {
    assert.equal(titleOf({ text: 'Count the closed carts', title: 'Carts' }, like), 'Carts');
    const skill = { skill: 'acme/shop:.agents/skills/a/SKILL.md', title: 'a' };
    assert.equal(titleOf({ text: 'Only the cart', title: 'a' }, skill), 'a');
    assert.equal(titleOf({ text: 'Fix it', title: 'Mine' }, undefined), 'Mine');
  });
});
