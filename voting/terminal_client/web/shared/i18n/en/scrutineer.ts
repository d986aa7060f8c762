export default {
  title: "Scrutineer's terminal",
};
