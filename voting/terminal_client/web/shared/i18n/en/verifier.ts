export default {
  title: "Public verification",
};
