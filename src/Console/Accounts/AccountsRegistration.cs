using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CanhLu.Console.Accounts;

/// <summary>Puts the accounts into a host.</summary>
public static class AccountsRegistration
{
    /// <summary>Adds who may do what.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="configuration">The knobs.</param>
    /// <param name="isOnLoopback">Whether the engine listens on its own machine only.</param>
    public static IServiceCollection AddAccounts(this IServiceCollection services, IConfiguration configuration, bool isOnLoopback)
    {
        if (configuration.GetSection(AccountOptions.Section).Get<AccountOptions>()?.Oidc is { Authority: not null } signOn)
            services.AddSignOn(signOn);
        services.AddOptions<AccountOptions>().BindConfiguration(AccountOptions.Section)
            .Validate(
                options => options.Mode != "open" || isOnLoopback,
                "Accounts:Mode is open, and the engine would listen for other machines: everybody there could decide. Leave the setting out, or let it listen on 127.0.0.1 only (--urls)")
            .Validate(options => Proxies(options).All(proxy => IPAddress.TryParse(proxy, out _)), "Accounts:Proxies are addresses with commas, as in 127.0.0.1,10.0.0.2")
            .Validate(
                options => options.Oidc is null or { Authority.IsAbsoluteUri: true, ClientId.Length: > 0, Roles.Count: > 0 },
                "Accounts:Oidc needs Authority, ClientId and Roles (Accounts:Oidc:Roles:duty-officers = officer)")
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccountOptions>, AccountOptionsValidator>();
        services.AddSingleton<Writings>().AddSingleton<UserList>().AddSingleton<Sessions>().AddSingleton<SecondFactor>().AddSingleton<ApiTokens>().AddSingleton<Territory>().AddSingleton<Onlookers>();
        services.AddSingleton(provider => new AccountMode(provider.GetRequiredService<IOptions<AccountOptions>>(), provider.GetRequiredService<UserList>(), isOnLoopback));
        services.AddRateLimiter(Limits.Set);
        return services;
    }

    /// <summary>Puts the entrance before every route.</summary>
    internal static void UseAccounts(this WebApplication app)
    {
        if (Proxies(app.Services.GetRequiredService<IOptions<AccountOptions>>().Value) is { Length: > 0 } proxies)
        {
            var believed = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost };
            believed.KnownProxies.Clear();
            believed.KnownIPNetworks.Clear();
            foreach (var proxy in proxies)
                believed.KnownProxies.Add(IPAddress.Parse(proxy));
            app.UseForwardedHeaders(believed);
        }
        app.UseRateLimiter();
        app.UseMiddleware<Entrance>();
    }

    /// <summary>Maps what people do with accounts.</summary>
    internal static void MapAccounts(this IEndpointRouteBuilder api)
    {
        api.MapSessions();
        api.MapSignOn(api.ServiceProvider.GetRequiredService<IOptions<AccountOptions>>().Value.Oidc is not null);
        api.MapInvitations();
        api.MapUsers();
        api.MapTokens();
        api.MapNumbers();
    }

    static string[] Proxies(AccountOptions options) => options.Proxies.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
