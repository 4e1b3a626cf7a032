# Sourced by ./mvnw, ./dev and .mvn/jdk17.sh: where JDKs are looked for. First the homes that the caller gives, then JAVA_HOME, the java on the PATH, and
# where JDKs are usually installed.

# dunlin_find_jdk PROGRAM LEAST MOST [HOME...]: sets dunlin_jdk to the first home with bin/PROGRAM whose feature version is in that range; fails if there is none.
dunlin_find_jdk() {
  dunlin_program=$1 dunlin_least=$2 dunlin_most=$3
  shift 3
  path_java=$(command -v java 2>/dev/null) && path_java=$(readlink -f "$path_java") || path_java=
  set +f
  for home in "$@" "${JAVA_HOME-}" "${path_java%/bin/java}" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.m2/jdks/* "$HOME"/.local/share/mise/installs/java/* \
    "$HOME"/.asdf/installs/java/*; do
    if [ -n "$home" ] && dunlin_is_jdk "$home"; then
      dunlin_jdk=$home
      return 0
    fi
  done
  return 1
}

dunlin_is_jdk() {
  [ -x "$1/bin/$dunlin_program" ] && [ -r "$1/release" ] || return 1
  major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ -n "$major" ] && [ "$major" -ge "$dunlin_least" ] && [ "$major" -le "$dunlin_most" ]
}
