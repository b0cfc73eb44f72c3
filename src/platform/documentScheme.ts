/** The scheme of documents that show a conversation. */
export const documentScheme = 'agent-runs-conversation';
