// A Hatchet engine with its REST API in one process, for one machine: it migrates and seeds the
// database that DATABASE_URL names, keeps its keys in a file, and tells a client what it needs in
// another. Plaintext on 127.0.0.1. Stops on SIGTERM.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"net"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	"time"

	"github.com/google/uuid"

	"github.com/hatchet-dev/hatchet/cmd/hatchet-admin/cli/seed"
	"github.com/hatchet-dev/hatchet/cmd/hatchet-api/api"
	"github.com/hatchet-dev/hatchet/cmd/hatchet-engine/engine"
	"github.com/hatchet-dev/hatchet/cmd/hatchet-migrate/migrate"
	"github.com/hatchet-dev/hatchet/pkg/config/loader"
	"github.com/hatchet-dev/hatchet/pkg/config/server"
	"github.com/hatchet-dev/hatchet/pkg/encryption"
	"github.com/hatchet-dev/hatchet/pkg/random"
)

const (
	engineModule   = "github.com/hatchet-dev/hatchet"
	tokenLife      = 90 * 24 * time.Hour
	listenPatience = 60 * time.Second
	stopPatience   = 8 * time.Second
)

// The engine's secrets; whoever loses them invalidates every token.
type keys struct {
	Master  string `json:"master"`
	Private string `json:"private_jwt"`
	Public  string `json:"public_jwt"`
	Cookie  string `json:"cookie"`
}

type handshake struct {
	Token       string `json:"token"`
	TenantID    string `json:"tenant_id"`
	GrpcAddress string `json:"grpc_address"`
	APIURL      string `json:"api_url"`
}

type options struct {
	grpcPort      int
	apiPort       int
	keysFile      string
	handshakeFile string
}

func main() {
	var o options
	flag.IntVar(&o.grpcPort, "grpc-port", 0, "port of the gRPC server")
	flag.IntVar(&o.apiPort, "api-port", 0, "port of the REST API")
	flag.StringVar(&o.keysFile, "keys-file", "", "file that keeps the engine's keys; made if missing")
	flag.StringVar(&o.handshakeFile, "handshake-file", "", "file to write token and addresses to, once the engine listens")
	flag.Parse()
	if o.grpcPort == 0 || o.apiPort == 0 || o.keysFile == "" || o.handshakeFile == "" || os.Getenv("DATABASE_URL") == "" {
		fmt.Fprintln(os.Stderr, "hatchet-engine: DATABASE_URL and all four options are required")
		os.Exit(2)
	}
	if err := run(o); err != nil {
		fmt.Fprintln(os.Stderr, "hatchet-engine:", err)
		os.Exit(1)
	}
}

func run(o options) error {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()

	kept, err := keepKeys(o.keysFile)
	if err != nil {
		return fmt.Errorf("keys: %w", err)
	}
	if err := migrate.RunMigrations(ctx); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	config := loader.NewConfigLoader("")
	settings := settingsOf(o, kept)
	greeting, err := introduce(ctx, config, settings)
	if err != nil {
		return err
	}
	return serve(ctx, o, config, settings, greeting)
}

func settingsOf(o options, k keys) loader.ServerConfigFileOverride {
	return func(c *server.ServerConfigFile) {
		c.Runtime.Port = o.apiPort
		c.Runtime.ServerURL = apiURL(o)
		c.Runtime.GRPCPort = o.grpcPort
		c.Runtime.GRPCBindAddress = "127.0.0.1"
		c.Runtime.GRPCBroadcastAddress = grpcAddress(o)
		c.Runtime.GRPCInsecure = true
		c.Runtime.Healthcheck = false
		c.SecurityCheck.Enabled = false // it would contact the vendor
		c.MessageQueue.Kind = "postgres"
		c.Auth.Cookie.Domain = "localhost"
		c.Auth.Cookie.Insecure = true
		c.Auth.Cookie.Secrets = k.Cookie
		c.Encryption.MasterKeyset = k.Master
		c.Encryption.JWT.PrivateJWTKeyset = k.Private
		c.Encryption.JWT.PublicJWTKeyset = k.Public
	}
}

func apiURL(o options) string      { return fmt.Sprintf("http://127.0.0.1:%d", o.apiPort) }
func grpcAddress(o options) string { return fmt.Sprintf("127.0.0.1:%d", o.grpcPort) }

// introduce seeds the database and mints a fresh token; older ones stay valid until they expire.
func introduce(ctx context.Context, config *loader.ConfigLoader, settings loader.ServerConfigFileOverride) (handshake, error) {
	data, err := config.InitDataLayer()
	if err != nil {
		return handshake{}, fmt.Errorf("database: %w", err)
	}
	defer data.Disconnect() //nolint:errcheck
	if err := seed.SeedDatabase(data); err != nil {
		return handshake{}, fmt.Errorf("seed: %w", err)
	}
	tenant, err := uuid.Parse(data.Seed.DefaultTenantID)
	if err != nil {
		return handshake{}, fmt.Errorf("tenant: %w", err)
	}
	cleanup, configured, err := config.CreateServerFromConfig(version(), settings)
	if err != nil {
		return handshake{}, fmt.Errorf("configuration: %w", err)
	}
	defer configured.Disconnect() //nolint:errcheck
	defer cleanup()               //nolint:errcheck
	expires := time.Now().UTC().Add(tokenLife)
	token, err := configured.Auth.JWTManager.GenerateTenantToken(ctx, tenant, "valet-local", false, &expires)
	if err != nil {
		return handshake{}, fmt.Errorf("token: %w", err)
	}
	return handshake{Token: token.Token, TenantID: tenant.String()}, nil
}

// serve runs engine and API until the context ends; the first of them that ends by itself is an error.
func serve(ctx context.Context, o options, config *loader.ConfigLoader, settings loader.ServerConfigFileOverride, greeting handshake) error {
	running, cancel := context.WithCancel(ctx)
	defer cancel()
	interrupt := make(chan interface{})
	ended := make(chan error, 2)
	go func() { ended <- part("engine", engine.Run(running, config, version(), settings)) }()
	go func() { ended <- part("api", api.Start(config, interrupt, version(), settings)) }()

	if err := awaitListeners(running, ended, grpcAddress(o), fmt.Sprintf("127.0.0.1:%d", o.apiPort)); err != nil {
		return err
	}
	greeting.GrpcAddress = grpcAddress(o)
	greeting.APIURL = apiURL(o)
	if err := replace(o.handshakeFile, greeting); err != nil {
		return fmt.Errorf("handshake: %w", err)
	}
	fmt.Fprintln(os.Stderr, "hatchet-engine: ready")

	parts := 2
	select {
	case err := <-ended:
		if ctx.Err() == nil {
			return fmt.Errorf("ended by itself: %w", err)
		}
		parts--
	case <-ctx.Done():
	}
	cancel()
	close(interrupt)
	// Both must end: the engine gives back what the next run would have to wait for.
	patience := time.After(stopPatience)
	for ; parts > 0; parts-- {
		select {
		case <-ended:
		case <-patience:
			return nil
		}
	}
	return nil
}

func part(name string, err error) error {
	if err == nil {
		err = errors.New("no reason given")
	}
	return fmt.Errorf("%s: %w", name, err)
}

func awaitListeners(ctx context.Context, ended <-chan error, addresses ...string) error {
	deadline := time.After(listenPatience)
	for _, address := range addresses {
		for {
			if connection, err := net.DialTimeout("tcp", address, time.Second); err == nil {
				_ = connection.Close()
				break
			}
			select {
			case err := <-ended:
				return err
			case <-ctx.Done():
				return nil
			case <-deadline:
				return fmt.Errorf("nothing listens on %s", address)
			case <-time.After(50 * time.Millisecond):
			}
		}
	}
	return nil
}

func keepKeys(file string) (keys, error) {
	var kept keys
	text, err := os.ReadFile(file)
	if err == nil {
		return kept, json.Unmarshal(text, &kept)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return kept, err
	}
	master, private, public, _, err := encryption.GenerateLocalKeys()
	if err != nil {
		return kept, err
	}
	hash, err := random.Generate(16)
	if err != nil {
		return kept, err
	}
	block, err := random.Generate(16)
	if err != nil {
		return kept, err
	}
	kept = keys{Master: string(master), Private: string(private), Public: string(public), Cookie: hash + " " + block}
	return kept, replace(file, kept)
}

// replace writes a file (0600) so that a reader or a crash sees the old or the new text.
func replace(file string, value any) error {
	text, err := json.Marshal(value)
	if err != nil {
		return err
	}
	fresh := file + ".new"
	if err := os.WriteFile(fresh, text, 0o600); err != nil {
		return err
	}
	return os.Rename(fresh, file)
}

// version is the engine's, out of what the build recorded; workers choose their protocol by it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dependency := range info.Deps {
			if dependency.Path == engineModule {
				return dependency.Version
			}
		}
	}
	return "v0.0.0"
}
