@NullMarked
package dev.dunlin.localstack;

import org.jspecify.annotations.NullMarked;
