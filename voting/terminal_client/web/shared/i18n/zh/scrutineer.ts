export default {
  title: "监票人终端",
};
