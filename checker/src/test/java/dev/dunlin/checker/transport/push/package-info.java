@NullMarked
package dev.dunlin.checker.transport.push;

import org.jspecify.annotations.NullMarked;
