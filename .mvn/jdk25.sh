# Sourced by ./mvnw and ./dev: sets JAVA_HOME to a JDK 25 or newer, or ends with one line that says what is missing.
# Looks at DUNLIN_JAVA_HOME, JAVA_HOME, the java on the PATH, then where JDKs are usually installed.

dunlin_is_jdk25() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  major=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ -n "$major" ] && [ "$major" -ge 25 ]
}

dunlin_find_jdk25() {
  path_java=$(command -v java 2>/dev/null) && path_java=$(readlink -f "$path_java") || path_java=
  set +f
  for home in "${DUNLIN_JAVA_HOME-}" "${JAVA_HOME-}" "${path_java%/bin/java}" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.m2/jdks/* "$HOME"/.local/share/mise/installs/java/* \
    "$HOME"/.asdf/installs/java/*; do
    if [ -n "$home" ] && dunlin_is_jdk25 "$home"; then
      JAVA_HOME=$home
      export JAVA_HOME
      return 0
    fi
  done
  echo "Dunlin needs a JDK 25 or newer and found none: install one (for example Temurin 25) or set DUNLIN_JAVA_HOME to it." >&2
  return 1
}

dunlin_find_jdk25 || exit 1
