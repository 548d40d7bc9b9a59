using AppHost;

// Everything that a meeting needs on its way from Eyeson to a consumer, on this machine.
await AppModel.Create(args).Build().RunAsync();
