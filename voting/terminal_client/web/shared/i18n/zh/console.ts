export default {
  title: "控制台",
};
