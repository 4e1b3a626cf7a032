@NullMarked
package dev.dunlin.localstack.cli;

import org.jspecify.annotations.NullMarked;
