export default {
  title: "会场大屏",
};
