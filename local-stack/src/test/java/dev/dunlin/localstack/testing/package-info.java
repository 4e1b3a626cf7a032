@NullMarked
package dev.dunlin.localstack.testing;

import org.jspecify.annotations.NullMarked;
