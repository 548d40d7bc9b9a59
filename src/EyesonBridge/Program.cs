using EyesonBridge.Cli;

return await CommandLine.RunAsync(args);
