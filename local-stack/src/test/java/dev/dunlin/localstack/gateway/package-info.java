@NullMarked
package dev.dunlin.localstack.gateway;

import org.jspecify.annotations.NullMarked;
