# Sourced by ./mvnw and ./dev, which lie beside .mvn: sets JAVA_HOME to a JDK 25 or newer, or ends with one line that says what is missing.
. "$(dirname "$0")/.mvn/jdk.sh"

if dunlin_find_jdk javac 25 999 "${DUNLIN_JAVA_HOME-}"; then
  JAVA_HOME=$dunlin_jdk
  export JAVA_HOME
else
  echo "Dunlin needs a JDK 25 or newer and found none: install one (for example Temurin 25) or set DUNLIN_JAVA_HOME to it." >&2
  exit 1
fi
