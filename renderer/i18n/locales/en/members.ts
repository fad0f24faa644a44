export const membersTexts = {
  title: '',
};
