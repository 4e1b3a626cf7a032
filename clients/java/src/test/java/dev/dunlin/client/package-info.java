@NullMarked
package dev.dunlin.client;

import org.jspecify.annotations.NullMarked;
