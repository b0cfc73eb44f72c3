import { list, members, needed, text } from './fit';

export const person = members({ type: text, uid: text, display_name: text, email: text, photo_url: text });
export const scope = members({ type: needed, uid: text });

export const environmentConfig = members({
  name: text,
  description: text,
  docker_image: text,
  github_repos: list(members({ owner: needed, repo: needed })),
  setup_commands: list(text),
});
