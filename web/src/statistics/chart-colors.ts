// Colours of the topics, which people who see fewer colours can distinguish too (after Okabe and Ito), each with a
// contrast of 3 to 1 and more against its background.

const ON_LIGHT = ['#0b5cad', '#b35900', '#00755a', '#a3417d', '#5b5b5b', '#7a6a00', '#3d7ea6', '#8c2d19'] as const;
const ON_DARK = ['#82bbff', '#f0a04b', '#4cc9a6', '#e79cc6', '#bdbdbd', '#e6d95a', '#8fd3f4', '#ff9d87'] as const;

export function colorsOf(mode: 'light' | 'dark'): readonly string[] {
  return mode === 'dark' ? ON_DARK : ON_LIGHT;
}
