export const totpCopy = {
  shape: 'scan',
  title: 'Use a mobile app',
  blurb: 'Recommended. Works offline.',
  name: 'Mobile app',
} as const;
