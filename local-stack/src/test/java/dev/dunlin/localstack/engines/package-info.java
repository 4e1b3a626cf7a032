@NullMarked
package dev.dunlin.localstack.engines;

import org.jspecify.annotations.NullMarked;
