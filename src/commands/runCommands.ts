// The entry of a bundle that is loaded at the first of these commands: showing the list needs none of them.
export { cancelRun } from './cancelRun';
export { copyRunId } from './copyRunId';
export { copyRunLink } from './copyRunLink';
export { openArtifact } from './openArtifact';
export { openInBrowser } from './openInBrowser';
export { openKeyPage } from './openKeyPage';
export { openSession } from './openSession';
export { setApiKey } from './setApiKey';
export { signOut } from './signOut';
