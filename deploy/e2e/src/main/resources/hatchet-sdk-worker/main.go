// A worker made with Hatchet's official Go SDK, to measure Valet's agent against: one task that does
// what the agent's own valet-check does. The token is in HATCHET_CLIENT_TOKEN. Stops on SIGTERM.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	hatchet "github.com/hatchet-dev/hatchet/sdks/go"
)

type input struct{}

type output struct {
	StartedAt time.Time `json:"startedAt"`
	Retry     int       `json:"retry"`
}

func main() {
	name := flag.String("task", "sdk-check", "name of the task and its workflow")
	slots := flag.Int("slots", 1, "tasks at once")
	flag.Parse()
	if err := run(*name, *slots); err != nil {
		fmt.Fprintln(os.Stderr, "hatchet-sdk-worker:", err)
		os.Exit(1)
	}
}

func run(name string, slots int) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	client, err := hatchet.NewClient()
	if err != nil {
		return err
	}
	task := client.NewStandaloneTask(name, check)
	worker, err := client.NewWorker("hatchet-sdk-worker", hatchet.WithSlots(slots), hatchet.WithWorkflows(task))
	if err != nil {
		return err
	}
	return worker.StartBlocking(ctx)
}

func check(ctx hatchet.Context, _ input) (output, error) {
	answer := output{StartedAt: time.Now().UTC(), Retry: ctx.RetryCount()}
	ctx.Log("checking")
	return answer, nil
}
