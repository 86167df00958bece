/**
 * How a question is asked, not what about: left out of queries, never of pages.
 */
import { IN_WORD, fold, tokens } from "./tokens.js";

/** Words that say nothing about what is looked for. Folded. */
const FILLERS = new Set(
  [
    "a am an and any are as at be been being by can could did do does doing don for from get getting give got had has have how i if",
    "in into is isn it its just let ll m me my need of on or our ours please really s should so some t tell than that the their them",
    "there these they this those to too us use using ve want wants was we were what when where whether which who whom whose why will",
    "with would you your yours about also best good belong belongs include includes included contain contains put go goes happen happens work works right explain mean means meaning definition define explained vs versus",
    "ο η το οι τα του τησ των τον την τουσ τισ στο στη στην στον στα στουσ στισ ενασ ενα εναν μια και κι να για με απο σε",
    "που πωσ τι γιατι ποιο ποια ποιοι ποιοσ ποιουσ ποιεσ ποσο ποσα ποσουσ ποσεσ ποσοι ποτε ειναι ειμαι εχω εχει εχουμε εχουν θα δεν",
    "αν μου μασ σασ του ωσ η οταν οπωσ αυτο αυτη αυτα αυτοσ μπορω μπορει μπορουμε πρεπει θελω θελει θελουμε κανω κανει κανουμε",
    "χρειαζομαι χρειαζεται σημαινει σημασια εννοια θεωρειται καλο καλη καλοσ μετα οχι λεει κατι ολη ολα ολοι",
    "pos pws ti gia kai na to ta o i h me se apo stin sto ston stis poso pote pou einai tis tou twn ton mia ena",
  ]
    .join(" ")
    .split(" "),
);

/** The same where words are not apart. A word that begins or goes on with one of these is left alone. */
const FILLING = new RegExp(
  [
    // How it is asked: what, how, how much, where from.
    "어떻게|무엇(?:을|이|인가요)?|무슨|어떤|어느|뭔가요|뭐가|뭔지|뭘|뭐|(?<![가-힣])왜|얼마나|얼마|몇|모든(?![가-힣])|(?<![가-힣])(?:다|수|더|잘|꼭|첫)(?![가-힣])|어디서부터|(?<![가-힣])좋은(?![가-힣])|자꾸|너무|(?<![가-힣])것|건가요|건지",
    // How the question ends.
    "(?:해야|야|되어야|돼야)? ?(?:하나요|하나(?![가-힣])|하죠|할까요?|합니까|되나요|될까요)|(?:이|은|는)?(?:인가요|한가요|은가요|가요|나요|까요|을까|습니까|입니까)|있나요|하려면|하고 ?싶(?:어요|습니다|은데)?|하는 ?(?:방법|법)|(?<=[가-힣]) ?(?:방법|법)(?![가-힣])|이란(?![가-힣])|란(?![가-힣])|때(?![가-힣])|이랑|(?<=[a-z])랑",
    "とは(?!いえ)|ですか|ますか|でしょうか|ましょうか|するには|どうすれば|どうやって|どのように|どれくらい|どのくらい|どれ(?!ほど)|どこ|いくら|なぜ|何(?:を|が|から|件|人|日|社|に|で|と)|だれ|誰|いつ|について|してはいけない|何ですか|教えて|知りたい|したい|ほうがいい|べきか|べき|(?:れ|けれ|け)?ばいい(?:ですか)?|(?:する|る)?には(?=$|[?？])|(?<=[\\p{sc=Han}ァ-ー])とは$",
  ].join("|"),
  "gu",
);

/**
 * @param {string} folded
 * @returns {string} of the same length, with spaces where nothing is asked for; as it is if nothing would be left
 */
export function withoutFrame(folded) {
  let rest = folded.replace(FILLING, (filling) => " ".repeat(filling.length));
  for (const { start, end } of tokens(rest)) {
    if (FILLERS.has(rest.slice(start, end))) rest = rest.slice(0, start) + " ".repeat(end - start) + rest.slice(end);
  }
  return rest.trim() ? rest : folded;
}
