export default {
  title: "Delegate's seat",
};
