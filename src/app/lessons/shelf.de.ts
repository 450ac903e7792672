/** The lessons in German, in one piece. */
export const files = import.meta.glob<string>('../../lessons/de/*.md', {
  eager: true,
  query: '?raw',
  import: 'default',
})
