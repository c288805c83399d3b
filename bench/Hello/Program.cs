// `dotnet new web`, as it comes: what a cold start is measured beside.
var app = WebApplication.CreateBuilder(args).Build();

app.MapGet("/", () => "Hello World!");

app.Run();
