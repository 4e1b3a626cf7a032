@NullMarked
package dev.dunlin.localstack.build;

import org.jspecify.annotations.NullMarked;
