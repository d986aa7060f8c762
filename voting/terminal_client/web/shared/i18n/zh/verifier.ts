export default {
  title: "公开核验",
};
