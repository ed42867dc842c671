/**
 * @module shells — completion scripts for bash, zsh and fish.
 *
 * Each shell gets the same three tables as functions (the options of a command, what an option takes, what
 * stands at a place) and a walk over the words typed so far, written in its own language. Names of cases,
 * kinds, departments, persons and blocks are asked of the program, of the casebook that the line itself names.
 */
import type { CommandPlaces, OptionPlace, Place } from "./places.ts";

/** The shells that a script is written for. */
export const shells = ["bash", "zsh", "fish"] as const;
export type ShellName = (typeof shells)[number];

/** The script for a shell; to be sourced, or put where the shell looks for completions. */
export const completionScript = (shell: ShellName, commands: readonly CommandPlaces[]): string =>
  ({ bash: bashScript, zsh: zshScript, fish: fishScript })[shell](commands);

/** A place in one word, as the scripts pass it on: `@case`, `@department`, `@file`, `@command`, words, or nothing. */
const told = (place: Place): string =>
  place.kind === "words" ? place.words.join(" ") : place.kind === "text" ? "" : `@${place.kind}`;

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** First words of all commands, with what they do; those of two words once. */
const firstWords = (commands: readonly CommandPlaces[]): readonly (readonly [string, string])[] => [
  ...new Map(
    commands.map(({ name, about }) => {
      const [first = name, second] = name.split(" ");
      return [first, second === undefined ? about : ""] as const;
    }),
  ),
];

const familiesOf = (commands: readonly CommandPlaces[]): ReadonlyMap<string, readonly string[]> => {
  const families = new Map<string, string[]>();
  for (const { name } of commands) {
    const [first = "", second] = name.split(" ");
    if (second !== undefined) families.set(first, [...(families.get(first) ?? []), second]);
  }
  return families;
};

/** Options that take a value, of any command. */
const valued = (commands: readonly CommandPlaces[]): readonly string[] => [
  ...new Set(
    commands.flatMap(({ options }) =>
      options.flatMap(({ name, takes }) => (takes === null ? [] : [`--${name}`])),
    ),
  ),
];

const globalsOf = (commands: readonly CommandPlaces[]): readonly OptionPlace[] =>
  (commands[0]?.options ?? []).filter(({ name }) =>
    commands.every(({ options }) => options.some((one) => one.name === name)),
  );

/** The three tables, in the language that bash and zsh share. */
const tables = (
  commands: readonly CommandPlaces[],
  optionWord: (option: OptionPlace) => string,
): string => {
  const families = familiesOf(commands);
  const options = [
    ...commands.map(({ name, options: own }) => [name, own] as const),
    ["", globalsOf(commands)] as const,
  ].map(([name, own]) => `    ${quoted(name)}) printf '%s\\n' ${own.map(optionWord).join(" ")} ;;`);
  const values = commands.flatMap(({ name, options: own }) =>
    own.flatMap(({ name: option, takes }) =>
      takes === null || told(takes) === ""
        ? []
        : [`    ${quoted(`${name} --${option}`)}) echo ${quoted(told(takes))} ;;`],
    ),
  );
  const globalValues = globalsOf(commands).flatMap(({ name, takes }) =>
    takes === null || told(takes) === ""
      ? []
      : [`    ${quoted(` --${name}`)}) echo ${quoted(told(takes))} ;;`],
  );
  const positions = commands.flatMap(({ name, positionals, repeats }) =>
    positionals.flatMap((place, at) => {
      const isLast = at === positionals.length - 1;
      const pattern = `${quoted(`${name} ${at + 1}`)}${isLast && repeats ? `|${quoted(`${name} `)}*` : ""}`;
      return told(place) === "" ? [] : [`    ${pattern}) echo ${quoted(told(place))} ;;`];
    }),
  );
  return `_wuding_options() {
  case $1 in
${options.join("\n")}
  esac
}

_wuding_value() {
  case $1 in
${[...values, ...globalValues].join("\n")}
  esac
}

_wuding_place() {
  case $1 in
${positions.join("\n")}
  esac
}

_wuding_actions() {
  case $1 in
${[...families].map(([first, second]) => `    ${quoted(first)}) echo ${quoted(second.join(" "))} ;;`).join("\n")}
  esac
}

_wuding_is_valued() {
  case $1 in
    ${valued(commands).join("|")}) return 0 ;;
  esac
  return 1
}
`;
};

/** The walk over the words typed so far: the command, the number of the place, the casebook. */
const walk = (first: number, word: string): string => `  for ((i = ${first}; i < current; i++)); do
    word=${word}
    if [[ -n $awaited ]]; then
      # bash takes "--db=FILE" apart at the sign
      [[ $word == = ]] && continue
      [[ $awaited == --db ]] && db=$word
      awaited=''
    elif [[ $word == --*=* ]]; then
      [[ $word == --db=* ]] && db=\${word#--db=}
    elif [[ $word == -* ]]; then
      _wuding_is_valued "$word" && awaited=$word
    elif [[ -z $name ]]; then
      name=$word
      [[ -n $(_wuding_actions "$word") ]] && family=$word
    elif [[ -n $family ]]; then
      name="$family $word"
      family=''
    else
      place=$((place + 1))
    fi
  done
`;

const bashScript = (commands: readonly CommandPlaces[]): string => `# bash completion for wuding
# made by: wuding completion bash

${tables(commands, ({ name }) => `--${name}`)}
_wuding() {
  local current=$COMP_CWORD i word name='' family='' awaited='' db='' place=1 offer
  local cur=\${COMP_WORDS[COMP_CWORD]}
  [[ $cur == = ]] && cur=''
  COMPREPLY=()
${walk(1, "${COMP_WORDS[i]}")}
  if [[ -n $awaited ]]; then
    offer=$(_wuding_value "$name $awaited")
  elif [[ $cur == -* ]]; then
    COMPREPLY=($(compgen -W "$(_wuding_options "$name")" -- "$cur"))
    return
  elif [[ -n $family ]]; then
    offer=$(_wuding_actions "$family")
  elif [[ -z $name ]]; then
    offer=@command
  else
    offer=$(_wuding_place "$name $place")
  fi
  case $offer in
    @file)
      compopt -o filenames 2>/dev/null
      local IFS=$'\\n'
      COMPREPLY=($(compgen -f -- "$cur"))
      ;;
    @department | @person | @block)
      # whatever somebody called a department is offered as it is, and never run
      local line special=$'[][ \\t\\'"\\\\\\\\$\`;&|<>(){}*?#!~]'
      while IFS= read -r line; do
        [[ $line =~ $special ]] && line=$(printf '%q' "$line")
        COMPREPLY+=("$line")
      done < <("\${COMP_WORDS[0]}" \${db:+"--db=$db"} completion "\${offer#@}s" "\${cur//\\\\/}" 2>/dev/null)
      ;;
    @case | @kind)
      local IFS=$'\\n'
      COMPREPLY=($(compgen -W "$("\${COMP_WORDS[0]}" \${db:+"--db=$db"} completion "\${offer#@}s" "$cur" 2>/dev/null)" -- "$cur"))
      ;;
    @command)
      COMPREPLY=($(compgen -W ${quoted(
        firstWords(commands)
          .map(([word]) => word)
          .join(" "),
      )} -- "$cur"))
      ;;
    ?*) COMPREPLY=($(compgen -W "$offer" -- "$cur")) ;;
  esac
}

complete -F _wuding wuding
`;

/** A word and what it means, as \`_describe\` takes them. */
const described = (word: string, about: string): string =>
  quoted(about === "" ? word : `${word.replaceAll(":", "\\:")}:${about}`);

const zshScript = (commands: readonly CommandPlaces[]): string => `#compdef wuding
# zsh completion for wuding
# made by: wuding completion zsh

${tables(commands, ({ name, about }) => described(`--${name}`, about))}
_wuding() {
  local current=$CURRENT i word name='' family='' awaited='' db='' place=1 offer
  local -a found
${walk(2, "${(Q)words[i]}")}
  if [[ -n $awaited ]]; then
    offer=$(_wuding_value "$name $awaited")
  elif [[ $PREFIX == --*=* ]]; then
    offer=$(_wuding_value "$name \${PREFIX%%=*}")
    compset -P '*='
  elif [[ $PREFIX == -* ]]; then
    found=("\${(@f)$(_wuding_options "$name")}")
    _describe option found
    return
  elif [[ -n $family ]]; then
    offer=$(_wuding_actions "$family")
  elif [[ -z $name ]]; then
    offer=@command
  else
    offer=$(_wuding_place "$name $place")
  fi
  case $offer in
    @file) _files ;;
    @case | @kind | @department | @person | @block)
      found=("\${(@f)$("\${(Q)words[1]}" \${db:+"--db=$db"} completion "\${offer#@}s" "\${(Q)PREFIX}" 2>/dev/null)}")
      compadd -a found
      ;;
    @command)
      found=(${firstWords(commands)
        .map(([word, about]) => described(word, about))
        .join(" ")})
      _describe command found
      ;;
    ?*)
      found=(\${=offer})
      compadd -a found
      ;;
  esac
}

if [[ \${funcstack[1]} == _wuding ]]; then
  _wuding "$@"
else
  compdef _wuding wuding
fi
`;

const fishWords = (place: Place): string => {
  switch (place.kind) {
    case "words":
      return ` -xa ${quoted(place.words.join(" "))}`;
    case "file":
      return " -rF";
    case "case":
    case "kind":
    case "department":
    case "person":
    case "block":
      return ` -xa '(__wuding_names ${place.kind}s)'`;
    case "command":
      return ` -xa '(__wuding_commands)'`;
    case "text":
      return " -x";
  }
};

const fishQuoted = (text: string): string =>
  `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;

const fishOption = (condition: string, { name, about, takes }: OptionPlace): string =>
  `complete -c wuding -n ${fishQuoted(condition)} -l ${name} -d ${fishQuoted(about)}${
    takes === null ? "" : fishWords(takes)
  }`;

const fishScript = (commands: readonly CommandPlaces[]): string => {
  const families = familiesOf(commands);
  const globals = new Set(globalsOf(commands).map(({ name }) => name));
  return `# fish completion for wuding
# made by: wuding completion fish

# The words typed so far, less options: the command, then one line a place.
function __wuding_words
  set -l awaited ''
  for word in (commandline -opc)[2..]
    if test -n "$awaited"
      set awaited ''
      continue
    end
    switch $word
      case ${valued(commands).join(" ")}
        set awaited $word
      case '-*'
      case '*'
        echo $word
    end
  end
end

# Whether this is the command, and at which place.
function __wuding_at
  set -l typed (__wuding_words)
  set -l name (string split ' ' -- $argv[1])
  set -l count (count $name)
  test (count $typed) -ge $count; or return 1
  test "$typed[1..$count]" = "$argv[1]"; or return 1
  test (count $argv) -lt 2; and return 0
  set -l place (math (count $typed) - $count + 1)
  test $place -eq $argv[2]; and return 0
  test (count $argv) -gt 2; and test $place -gt $argv[2]
end

function __wuding_is_first
  test (count (__wuding_words)) -eq 0
end

function __wuding_is_family
  set -l typed (__wuding_words)
  test (count $typed) -eq 1; and test "$typed[1]" = "$argv[1]"
end

function __wuding_names
  set -l words (commandline -opc)
  set -l db
  for at in (seq 2 (count $words))
    if string match -q -- '--db=*' $words[$at]
      set db $words[$at]
    else if test "$words[$at]" = --db; and test $at -lt (count $words)
      set db --db=$words[(math $at + 1)]
    end
  end
  $words[1] $db completion $argv[1] (commandline -ct) 2>/dev/null
end

function __wuding_commands
  printf '%b\\n' ${firstWords(commands)
    .map(([word, about]) => fishQuoted(`${word}\\t${about}`))
    .join(" ")}
end

complete -c wuding -f
complete -c wuding -n __wuding_is_first -a '(__wuding_commands)'
${[...families]
  .map(
    ([first, second]) =>
      `complete -c wuding -n '__wuding_is_family ${first}' -a ${fishQuoted(second.join(" "))}`,
  )
  .join("\n")}
${globalsOf(commands)
  .map((option) => fishOption("true", option))
  .join("\n")}
${commands
  .flatMap(({ name, options, positionals, repeats }) => [
    ...options
      .filter((option) => !globals.has(option.name))
      .map((option) => fishOption(`__wuding_at "${name}"`, option)),
    ...positionals.flatMap((place, at) => {
      const more = repeats && at === positionals.length - 1 ? " more" : "";
      const condition = `__wuding_at "${name}" ${at + 1}${more}`;
      return place.kind === "text"
        ? []
        : [`complete -c wuding -n ${fishQuoted(condition)}${fishWords(place)}`];
    }),
  ])
  .join("\n")}
`;
};
