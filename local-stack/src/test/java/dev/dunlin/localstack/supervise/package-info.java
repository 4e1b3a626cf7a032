@NullMarked
package dev.dunlin.localstack.supervise;

import org.jspecify.annotations.NullMarked;
