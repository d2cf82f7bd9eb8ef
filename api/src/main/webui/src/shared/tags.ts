/** Tags as people write them: `key=value`, one a line. */
export interface ParsedTags {
  tags: Record<string, string>;
  fault: string | null;
}

export function formatTags(tags: Record<string, string>): string {
  return Object.entries(tags)
    .map((tag) => tag.join('='))
    .join('\n');
}

export function parseTags(text: string): ParsedTags {
  const tags: Record<string, string> = {};
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue;
    const at = line.indexOf('=');
    if (at <= 0) return { tags, fault: `“${line}” is not written key=value` };
    const key = line.slice(0, at).trim();
    if (key in tags) return { tags, fault: `${key} is there twice` };
    tags[key] = line.slice(at + 1).trim();
  }
  const many = Object.keys(tags).length;
  return { tags, fault: many > 40 ? `At most 40 tags, these are ${many}` : null };
}
