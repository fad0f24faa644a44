export const diagnosticsTexts = {
  title: '',
};
