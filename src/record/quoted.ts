/** Words in a table of commas. */
export const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`
