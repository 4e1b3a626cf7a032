@NullMarked
package dev.dunlin.benchmark.websocket;

import org.jspecify.annotations.NullMarked;
